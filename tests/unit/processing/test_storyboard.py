import pytest

from lumenhall.domains.processing.encoder.storyboard import StoryboardPlan, plan_storyboard


@pytest.mark.parametrize(
    ("duration", "plan"),
    [
        (0.04, StoryboardPlan(1, 1, keyframes_only=False)),
        (30.0, StoryboardPlan(1, 30, keyframes_only=False)),
        (250.0, StoryboardPlan(3, 84, keyframes_only=False)),
        (600.0, StoryboardPlan(8, 75, keyframes_only=True)),
        (3600.0, StoryboardPlan(12, 300, keyframes_only=True)),
        (86400.0, StoryboardPlan(176, 491, keyframes_only=True)),
    ],
)
def test_a_long_video_has_pictures_far_apart_at_keyframes(
    duration: float, plan: StoryboardPlan
) -> None:
    assert plan_storyboard(duration) == plan
