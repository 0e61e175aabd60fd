"""The broker: an embedded one for a laptop, and provisioning of any."""
