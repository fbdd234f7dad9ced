def test_a_key_is_shown_once_and_revoked_on_its_page(make_today, signed_in, client):
    admin = signed_in(make_today.staff("Ada", "admin"))
    page = admin.post("/settings/keys", data={"name": "Shop system"}).text
    secret = page.split('id="secret">')[1].split("<")[0]

    assert client.get("/api/v1/purchases", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    listing = admin.get("/settings/keys").text
    assert secret not in listing
    public_id = listing.split("/settings/keys/")[1].split("/")[0]
    admin.post(f"/settings/keys/{public_id}/revoke")

    answer = client.get("/api/v1/purchases", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_keys_come_by_basic_as_well_and_never_by_cookie(make_today, signed_in, machine, client):
    secret = machine.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ")

    assert client.get("/api/v1/purchases", auth=(secret, "")).status_code == 200
    assert signed_in(make_today.staff("Olga", "owner")).get("/api/v1/purchases").status_code == 401


def test_the_api_describes_itself(client):
    described = client.get("/api/openapi.json").json

    assert described["openapi"].startswith("3.")
    assert "/api/v1/purchases" in described["paths"]
