"""Google Colab, as far as the course knows it."""
