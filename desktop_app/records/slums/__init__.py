"""Slum settlements (kawasan kumuh): decrees, their units by RT, assessments, handling, targets."""
