"""What runs by itself, and when. Each job calls one action of the domain and stops."""

from django.conf import settings
from procrastinate.contrib.django import app

from teamaround.accounts import sending as sending_once
from teamaround.audit.actor import system
from teamaround.casework import reminders
from teamaround.index import daily, errands, feed_folder, undoing
from teamaround.kit import dates
from teamaround.outbox import sending
from teamaround.workforce import agencies


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


@app.periodic(cron="15 0 * * *")
@app.task(queueing_lock="life of records")
def live_on(timestamp: int) -> None:
    """Every night at a quarter past midnight: close the accounts of leavers, archive what has come to its time, and ask
    what must be asked."""
    agencies.close_accounts_of_leavers(dates.today(), by=system("leavers"))
    daily.run(dates.today(), by=system("life of records"))


@app.periodic(cron="45 3 * * *")
@app.task(queueing_lock="old keys")
def forget_old_keys(timestamp: int) -> None:
    """Every night: drop the keys of forms that nobody can send again."""
    sending_once.forget_old()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="dropped files", lock="feeds", queue="feeds")
def take_dropped_files(timestamp: int) -> None:
    """Every minute: take the files that partners dropped, where there is a folder for them."""
    if settings.FEEDS_FOLDER:
        feed_folder.take(settings.FEEDS_FOLDER)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="errands", lock="feeds", queue="feeds")
def do_errands(timestamp: int) -> None:
    """Every minute: try, load and take back the files that wait, and answer those that were dropped."""
    errands.work()
    if settings.FEEDS_FOLDER:
        feed_folder.answer(settings.FEEDS_FOLDER)


@app.periodic(cron="30 4 * * *")
@app.task(queueing_lock="kept of feeds")
def forget_kept(timestamp: int) -> None:
    """Every night: forget files that were tried and left, and what files changed once they cannot be taken back."""
    errands.forget_old(by=system("feeds"))
    undoing.forget_old(by=system("feeds"))
