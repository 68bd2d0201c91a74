"""Addresses of reports."""

from django.urls import path

from palermo.reporting import views

app_name = "reporting"
urlpatterns = [
    path("plans/<slug:code>/report/", views.government, name="government"),
    path("plans/<slug:code>/report/government.docx", views.government_docx, name="government-docx"),
    path("plans/<slug:code>/report/government.pdf", views.government_pdf, name="government-pdf"),
    path("report-templates/", views.templates, name="templates"),
    path("report-templates/<slug:language>.docx", views.template, name="template"),
    path("report-templates/government-report.typ", views.layout, name="layout"),
    path("report-templates/layout/restore/", views.restore_layout, name="restore-layout"),
    path("report-templates/<slug:language>/restore/", views.restore, name="restore"),
]
