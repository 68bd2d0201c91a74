"""What the room's templates may say."""
