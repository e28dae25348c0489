"""What all sections share: regions, crews, materials."""
