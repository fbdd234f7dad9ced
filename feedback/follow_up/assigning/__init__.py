"""Who gets a task: the rules that choose, the people they choose from, and handing over when somebody is away."""
