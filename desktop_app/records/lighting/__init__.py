"""Street lighting (Penerangan Jalan): panels, light points, repairs."""
