from datetime import timedelta

from feedback.analysis.queries import unread, unread_count


def test_the_unread_come_oldest_first_without_fresh_partials(make, now):
    first, second = make.response(), make.response()
    make.response(analysed_at=now)
    partial = make.response(is_partial=True, submitted_at=None, saved_at=now)

    assert unread("job", now, 10) == [first.id, second.id]
    later = now + timedelta(minutes=30)
    assert unread("job", later, 10) == [first.id, second.id, partial.id]
    assert unread("job", now, 1) == [first.id]
    assert unread_count("job", later) == 3
