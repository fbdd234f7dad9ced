from surveys.upkeep.measuring import free_bytes


def test_the_room_of_a_folder_that_is_yet_to_be_made_is_that_of_the_place_it_will_be_in(tmp_path):
    assert free_bytes(tmp_path / "not" / "yet") > 0
