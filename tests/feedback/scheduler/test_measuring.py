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
