from django.urls import path

from priorities.views import imports
from reports.views import exports, measures, publications, reports, sections

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
    path("measures/import/", imports.measure_import, name="measure-import"),
    path("measures/import/<int:pk>/", imports.measure_import_check, name="measure-import-check"),
    path("measures/import/<int:pk>/confirm/", imports.measure_import_confirm, name="measure-import-confirm"),
    path("measures/import/<int:pk>/drop/", imports.measure_import_drop, name="measure-import-drop"),
    path("measures/export/<slug:kind>/", exports.measure_export, name="measure-export"),
    path("measures/<slug:code>/", measures.measure_detail, name="measure-detail"),
]
