"""Every route without a transaction round the request, as in production."""

from django.urls import reverse

from sscb_portal.tests.test_access import ROUTES, make_world


def test_no_route_relies_on_a_transaction_round_the_request(transactional_db, client):
    """Other tests run inside a transaction, where a lock taken without one would go unnoticed."""
    people, objects = make_world()
    answers = {}
    for person in ("bob", "erin"):
        for name, route in ROUTES.items():
            client.force_login(people[person])
            answers[person, name] = client.post(reverse(name, kwargs=objects[route.kwargs])).status_code

    assert {key: status for key, status in answers.items() if status >= 500} == {}
