"""What Beranda is made of: doors, the work list, the chart and the permits that end."""
