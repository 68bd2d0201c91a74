"""Addresses of plans."""

from django.urls import URLPattern, URLResolver, include, path

from palermo.plan.views import (
    answers,
    bills,
    by_link,
    carry_over,
    documents,
    measures,
    occurrences,
    owing,
    paper,
    recommendations,
    register,
    reporting,
    reports,
    review,
    rounds,
    translations,
    waits,
    works,
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
    path("waits/", waits.wait, name="wait-for"),
    path("waits/end/", waits.no_more, name="wait-no-more"),
    path("occurrences/", occurrences.record, name="record-occurrence"),
    path("occurrences/<int:pk>/take-back/", occurrences.take_back, name="take-back-occurrence"),
    path("bill/", bills.mark, name="mark-bill"),
    path("steps/", bills.record, name="record-step"),
    path("steps/<int:pk>/take-back/", bills.take_back, name="take-back-step"),
]
of_carry_over: Paths = [
    path("", carry_over.carry_over, name="carry-over"),
    path("list.<str:kind>", carry_over.export, name="carry-over-export"),
    path("before/", carry_over.before, name="plan-before"),
    path("before/new/", carry_over.begin, name="begin-earlier"),
    path("measure/", carry_over.enter, name="enter-measure"),
    path("outcomes/<int:pk>/", carry_over.take_back, name="take-back-outcome"),
    path("<str:reference>/", carry_over.outcome, name="outcome"),
]
of_works: Paths = [
    path("", works.works, name="works"),
    path("list.<str:kind>", works.export, name="works-export"),
    path("new/", works.declare, name="declare-work"),
    path("<int:number>/", works.work, name="work"),
    path("<int:number>/change/", works.change, name="change-work"),
    path("<int:number>/hand-over/", works.hand_over, name="hand-over-work"),
    path("<int:number>/hand-in/", works.hand_in, name="hand-in-version"),
    path("<int:number>/give-up/", works.give_up, name="give-up-work"),
    path("<int:number>/resume/", works.resume, name="resume-work"),
    path("<int:number>/versions/<int:version>/", works.version, name="work-version"),
]
of_a_report: Paths = [
    path("review/", reports.review, name="report-review"),
    path("decide/", reports.decide, name="decide-recommendations"),
    path("type/", reports.type_in, name="type-recommendation"),
]
of_a_recommendation: Paths = [
    path("", recommendations.recommendation, name="recommendation"),
    path("measure/", recommendations.tie, name="tie"),
    path("measure/<int:tie>/end/", recommendations.untie, name="untie"),
    path("line/", recommendations.line, name="draw-line"),
    path("reply/", recommendations.reply, name="reply"),
]
of_recommendations: Paths = [
    path("", recommendations.overview, name="recommendations"),
    path("list.<str:kind>", recommendations.export_overview, name="recommendations-export"),
    path("reports/<int:pk>/", include(of_a_report)),
    path("documents/<int:pk>/", reports.document, name="report-document"),
    path("rows/<int:pk>/", reports.row, name="read-recommendation"),
    path("rows/<int:pk>/leave-out/", reports.leave_out, name="leave-out"),
    path("<slug:code>/", recommendations.mechanism, name="mechanism"),
    path("<slug:code>/list.<str:kind>", recommendations.export, name="mechanism-export"),
    path("<slug:code>/new/", reports.new, name="new-report"),
    path("<slug:code>/<int:pk>/", include(of_a_recommendation)),
]
of_recurring_reports: Paths = [
    path("", reporting.reports, name="recurring-reports"),
    path("list.<str:kind>", reporting.export, name="recurring-reports-export"),
    path("new/", reporting.declare, name="declare-report"),
    path("<int:number>/deliver/", reporting.deliver, name="deliver-report"),
    path("<int:number>/end/", reporting.end, name="end-report-duty"),
    path("deliveries/<int:pk>/take-back/", reporting.take_back, name="take-back-delivery"),
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
    path("recurring-reports/", include(of_recurring_reports)),
    path("bills/", bills.bills, name="bills"),
    path("bills/list.<str:kind>", bills.export, name="bills-export"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("review/", include(of_the_review)),
    path("carry-over/", include(of_carry_over)),
    path("works/", include(of_works)),
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
    path("recommendations/", include(of_recommendations)),
    path("evidence/<int:pk>/", documents.evidence, name="evidence"),
]
