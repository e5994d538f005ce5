"""Plans for one client: templates are chosen by conditions, scaled, scheduled on working days and held against their evidence."""
