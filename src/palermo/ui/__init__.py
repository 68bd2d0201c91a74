"""The look of every page: one style, components, pictures, spreadsheets. No room and no database here."""
