"""What runs by itself, and when. Each job calls one action of the domain and stops."""

from procrastinate.contrib.django import app

from teamaround.audit.actor import system
from teamaround.casework import reminders
from teamaround.kit import dates
from teamaround.outbox import sending


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="outbox")
def send_messages(timestamp: int) -> None:
    """Every minute: send the messages that wait."""
    sending.send_waiting()


@app.periodic(cron="15 5 * * *")
@app.task(queueing_lock="reminders")
def remind(timestamp: int) -> None:
    """Every morning: chase what is due, and say what is overdue."""
    reminders.remind(dates.today(), by=system("reminders"))
