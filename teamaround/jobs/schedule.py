"""What runs by itself, and when. Each job calls one action of the domain and stops."""

from procrastinate.contrib.django import app

from teamaround.accounts import sending as sending_once
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


@app.periodic(cron="45 3 * * *")
@app.task(queueing_lock="old keys")
def forget_old_keys(timestamp: int) -> None:
    """Every night: drop the keys of forms that nobody can send again."""
    sending_once.forget_old()
