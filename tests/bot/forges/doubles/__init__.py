"""Forges on loopback for tests: real HTTP servers that remember, held to each forge's published description.

with GitHubDouble(bare_repository_path) as double:
    forge = connect(double.settings, clock)
    double.faults.push(Fault("lose", "POST", "/pulls$"))
"""
