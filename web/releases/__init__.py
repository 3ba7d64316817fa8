"""What is served to patients: releases, how they are made, kept and switched."""
