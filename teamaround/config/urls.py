from django.urls import include, path

urlpatterns = [
    path("", include("teamaround.web.urls")),
]
