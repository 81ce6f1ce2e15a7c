"""What runs by itself, and when. Each job calls one action of the domain and stops."""

from procrastinate.contrib.django import app

from teamaround.outbox import sending


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="outbox")
def send_messages(timestamp: int) -> None:
    """Every minute: send the messages that wait."""
    sending.send_waiting()
