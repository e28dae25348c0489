"""Parks and green space (Taman): parks, work in them, requests to prune or fell trees."""
