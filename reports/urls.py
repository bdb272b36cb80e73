from django.urls import path

from reports.views import measures, publications, reports, sections

app_name = "reports"
urlpatterns = [
    path("reports/", reports.report_list, name="report-list"),
    path("reports/<slug:year>/", reports.report_detail, name="report-detail"),
    path("reports/<slug:year>/preview/", reports.report_preview, name="report-preview"),
    path("reports/<slug:year>/make-pdf/", publications.publication_make, name="publication-make"),
    path("publications/<int:pk>/", publications.publication_detail, name="publication-detail"),
    path("publications/<int:pk>/download/", publications.publication_download, name="publication-download"),
    path("publications/<int:pk>/retry/", publications.publication_retry, name="publication-retry"),
    path("sections/<int:pk>/", sections.section_detail, name="section-detail"),
    path("sections/<int:pk>/edit/", sections.section_edit, name="section-edit"),
    path("sections/<int:pk>/updates/", sections.section_updates, name="section-updates"),
    path("sections/<int:pk>/bring-in/", sections.section_bring_in, name="section-bring-in"),
    path("sections/<int:pk>/versions/<int:number>/", sections.section_version, name="section-version"),
    path("measures/", measures.measure_list, name="measure-list"),
    path("measures/search/", measures.figure_search, name="figure-search"),
    path("measures/<str:code>/", measures.measure_detail, name="measure-detail"),
]
