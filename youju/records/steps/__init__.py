"""步骤: what a project's 节点 and a campaign's 任务 have in common: a text, an owner, a day, done with a word of proof.

It keeps no table of its own.
"""
