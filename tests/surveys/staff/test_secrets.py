from surveys.staff.secrets import hash_of, new_secret


def test_secrets_are_long_and_never_the_same():
    made = {new_secret() for _ in range(200)}

    assert len(made) == 200
    assert all(len(secret) == 43 for secret in made)


def test_a_hash_does_not_show_its_secret_and_takes_any_text():
    assert hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2
    assert len(hash_of("\ud800")) == 64
