"""The page behind an open link, where anybody may answer; what a link is lies in `surveys.links`."""
