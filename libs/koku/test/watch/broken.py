"""
Puts a worker's consumer into the state in which an outage of the cache can leave it.

Seen with Celery 5.6.3 and kombu 5.6.2 after random kills: the event loop polls a connection that has none of the consumer's
channels, because Celery reconnected between creating the consumer and starting the loop. In the other state a call never
returns.
"""

import os
import time

from celery import bootsteps, current_app

MARK = os.environ["BROKEN_MARK"]


class Break(bootsteps.StartStopStep):
    requires = ("celery.worker.consumer.tasks:Tasks",)

    def start(self, consumer):
        if not os.path.exists(MARK):
            return
        with open(MARK) as mark:
            how = mark.read()
        os.unlink(MARK)
        if how == "abandoned":
            consumer.connection.transport.cycle.discard(consumer.task_consumer.channel)
        else:
            time.sleep(3600)


current_app.steps["consumer"].add(Break)
