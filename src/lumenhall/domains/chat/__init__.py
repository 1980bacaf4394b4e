"""Conversations: direct and in groups, beside the videos (PRODUCT 7).

Every conversation numbers its messages 1, 2, 3 … without gaps. What a person has been shown and
has read are numbers too, kept with their place in the conversation, so unread counts, ticks and
catching up are comparisons of numbers, however many messages there are.
"""
