"""How fast trainings are, against the recipe that one would write first."""
