"""Proposals (地名申请): what is asked for, checked, argued, noticed, decided, filed and announced. With the database."""
