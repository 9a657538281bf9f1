"""What a cell shows."""

custom_widgets = False


def enable_custom_widget_manager() -> None:
    """Remember that widgets of other packages may be shown."""
    global custom_widgets
    custom_widgets = True
