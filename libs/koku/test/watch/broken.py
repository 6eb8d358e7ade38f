"""
Puts a worker's consumer into a state that a cache which goes away at the wrong moment leaves it in.

Seen with Celery 5.6.3 and kombu 5.6.2 after random kills: the event loop polls the channels of a connection that has none
of the consumer's, because the connection was made anew between the making of the consumer and the start of the loop. The other state is a
call that never returns.
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
