"""Pages of one audience: applicant."""
