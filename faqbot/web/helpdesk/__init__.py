"""The helpdesk: a console for people, under ``/helpdesk``, and a JSON API for programs, under ``/api/helpdesk``.

To add a page to the console: give it a blueprint, register it in ``console.py``, guard its views with ``access.needs``,
let its template extend ``helpdesk/base.html``, and list it in ``frame.PLACES``.
"""
