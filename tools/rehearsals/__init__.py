"""Every platform of the catalogue, deployed in every environment to the emulator; what came of it is recorded."""
