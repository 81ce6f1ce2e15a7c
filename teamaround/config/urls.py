from django.urls import include, path

urlpatterns = [
    path("", include("teamaround.web.urls")),
]

handler400 = "teamaround.web.problems.not_understood"
handler403 = "teamaround.web.problems.not_allowed"
handler404 = "teamaround.web.problems.not_there"
handler429 = "teamaround.web.problems.too_often"
handler500 = "teamaround.web.problems.broken"
