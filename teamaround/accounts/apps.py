from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "teamaround.accounts"
    label = "accounts"

    def ready(self) -> None:
        # The listeners need the models, which do not exist yet when this file is read.
        import_module("teamaround.accounts.watching").listen()
