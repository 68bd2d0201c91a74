"""What is stored about messages."""

from django.db import models


class Message(models.Model):
    """A neutral message to one address; written in the transaction of what it tells, sent after it."""

    address = models.EmailField()
    language = models.CharField(max_length=5)
    template = models.CharField(max_length=40)
    link = models.CharField(max_length=500)  # gone once the message has left
    until_on = models.DateField(null=True)  # the day by which an answer is expected, where there is one
    on = models.DateField()
    file_name = models.CharField(max_length=100, blank=True)  # of a file that goes with it, where one does
    file_text = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(sent_at=None), name="notices_unsent")]

    def __str__(self) -> str:
        return f"{self.template} {self.on}"
