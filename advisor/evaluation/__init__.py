"""Whether the advisor stays right: suites of cases, scorers, a runner that goes on where it stopped, baselines and reports."""
