"""Addresses of plans."""

from django.urls import URLPattern, URLResolver, include, path

from palermo.plan.views import (
    answers,
    by_link,
    documents,
    measures,
    owing,
    paper,
    register,
    review,
    rounds,
    translations,
)

app_name = "plan"
Paths = list[URLPattern | URLResolver]
ORGANISATION = "<slug:country>/<slug:name>/"

of_a_question: Paths = [
    path("", answers.question, name="question"),
    path("sign/", answers.sign, name="sign"),
    path("translate/<int:version>/", translations.translate, name="translate"),
    path("judge/", answers.judge, name="judge"),
]
of_a_round: Paths = [
    path("", rounds.board, name="round"),
    path("list.<str:kind>", rounds.export, name="round-export"),
    path("close/", rounds.close, name="close-round"),
    path("release/", rounds.release, name="release"),
    path("remind/", rounds.remind_due, name="remind-due"),
    path(f"remind/{ORGANISATION}", rounds.remind, name="remind"),
    path(f"form/{ORGANISATION}", paper.hand_in, name="paper"),
    path(f"form/{ORGANISATION}form.docx", paper.written, name="paper-docx"),
    path(f"<str:reference>/{ORGANISATION}", include(of_a_question)),
]
of_the_review: Paths = [
    path("", review.review, name="review"),
    path("list.<str:kind>", review.export, name="review-export"),
    path("decide/", review.decide, name="decide"),
    path("decide/all/", review.accept_all, name="accept-all"),
    path("decide/merge/", review.merge, name="merge"),
    path("<int:pk>/", review.row, name="row"),
    path("<int:pk>/take/", review.take, name="take"),
    path("<int:pk>/split/", review.split, name="split"),
    path("<int:pk>/refuse/", review.refuse, name="refuse"),
    path("<int:pk>/withdraw/", review.withdraw, name="withdraw-missing"),
]
of_a_measure: Paths = [
    path("", register.measure, name="measure"),
    path("owner/", measures.owner, name="give-owner"),
    path("owner/<int:pk>/end/", measures.end_owner, name="end-owner"),
    path("evaluation/", measures.evaluation, name="evaluation"),
    path("evidence/", measures.add_evidence, name="add-evidence"),
    path("reword/", measures.reword, name="reword"),
    path("withdraw/", measures.withdraw, name="withdraw"),
]
of_a_plan: Paths = [
    path("", register.register, name="register"),
    path("list.<str:kind>", register.export, name="export"),
    path("timeline/", register.timeline, name="timeline"),
    path("owners/", owing.owners, name="owners"),
    path("owners/list.<str:kind>", owing.export, name="owners-export"),
    path(f"owners/{ORGANISATION}", owing.brief, name="brief"),
    path(f"owners/{ORGANISATION}contact/", owing.contact, name="contact"),
    path("obligations/", owing.obligations, name="obligations"),
    path("obligations/list.<str:kind>", owing.export_duties, name="obligations-export"),
    path("obligations/new/", owing.oblige, name="oblige"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("review/", include(of_the_review)),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/list.<str:kind>", rounds.export_rounds, name="rounds-export"),
    path("rounds/open/", rounds.open_round, name="open-round"),
    path("rounds/<int:number>/", include(of_a_round)),
    path("measures/<str:reference>/", include(of_a_measure)),
]
urlpatterns = [
    path("plans/", register.plans, name="list"),
    path("plans/list.<str:kind>", register.export_plans, name="plans-export"),
    path("plans/new/", documents.new, name="new"),
    path("plans/<slug:code>/", include(of_a_plan)),
    path("answer/<str:token>/", by_link.answer, name="by-link"),
    path("answer/<str:token>/new/", by_link.renew, name="new-link"),
    path("evidence/<int:pk>/", documents.evidence, name="evidence"),
]
