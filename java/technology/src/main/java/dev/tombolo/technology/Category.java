package dev.tombolo.technology;

/**
 * A category of technologies.
 *
 * @param id Wappalyzer's number, such as 1
 * @param name the name, such as "CMS"; empty where the number has none
 * @param priority Wappalyzer's rank, 1 being shown first; 0 where the number has none
 */
public record Category(int id, String name, int priority) {}
