"""Never ask more than the team can follow up: how many questions may leave, and what that rests on."""
