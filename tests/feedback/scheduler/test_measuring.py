from datetime import timedelta

from feedback.huddle.models import HuddleMail
from feedback.notices.chat.models import ChatHook, ChatPost
from feedback.scheduler.models import TickRun
from surveys.clock import real_now
from surveys.database import db


def test_figures_tell_how_the_loop_and_its_tasks_are_doing(make_today, client):
    now = real_now()
    make_today.task(make_today.response(score=2))
    db.session.add(TickRun(name="open-tasks", started_at=now, finished_at=now, failed_at=now, done_in_all=7))
    db.session.commit()
    lines = client.get("/metrics").text.splitlines()

    assert 'nachklang_tasks{state="new"} 1' in lines
    assert "nachklang_loop_leads 0" in lines
    assert 'nachklang_tick_failing{tick="open-tasks"} 1' in lines
    assert 'nachklang_tick_done_total{tick="open-tasks"} 7' in lines


def test_what_waits_to_leave_is_counted_with_how_long_the_oldest_waits(make_today, client):
    ben, ago = make_today.staff("Ben"), make_today.now - timedelta(hours=1)
    hook = ChatHook(
        brand=make_today.brand(), url="https://chat.test/x", is_on=True, least="P1", changed_at=ago
    )
    db.session.add_all(
        [
            ChatPost(hook=hook, made_at=ago, due_at=ago),
            HuddleMail(staff=ben, day=ago.date(), made_at=ago, due_at=ago + timedelta(days=1)),
        ]
    )
    db.session.commit()
    found = dict(
        line.split(" ") for line in client.get("/metrics").text.splitlines() if not line.startswith("#")
    )

    assert (found["nachklang_chat_posts_due"], found["nachklang_huddle_mails_due"]) == ("1", "0")
    assert float(found["nachklang_chat_posts_oldest_due_seconds"]) >= 3600
    assert found["nachklang_huddle_mails_oldest_due_seconds"] == "0"
