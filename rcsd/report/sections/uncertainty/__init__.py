"""What is known of the parameters: noise, profiles, posterior."""
