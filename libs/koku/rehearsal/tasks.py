"""Puts tasks into queues, each with a mark that its worker writes to the database. Appended to kafka.py."""

sys.path.insert(0, "/opt/koku/koku")

from koku.celery import app  # noqa: E402

accepted = []
for mark, queue in task["tasks"]:
    try:
        app.send_task("understudy.note", args=[mark], queue=queue, retry=False, ignore_result=True)
        accepted.append(mark)
    except Exception as error:
        print(error, file=sys.stderr)
print(json.dumps(accepted))
