"""What Celery's workers run for others.py; CELERY_REDIS says where Redis is."""

import os

import celery

application = celery.Celery(
    broker=os.environ["CELERY_REDIS"] + "/0", backend=os.environ["CELERY_REDIS"] + "/1")
application.conf.broker_connection_retry_on_startup = True


@application.task
def noop(payload):
    return payload
