"""How templates speak of accounts."""

from django import template

from palermo.accounts.forms import role_words

register = template.Library()
register.filter("role_words", role_words)
